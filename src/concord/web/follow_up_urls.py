"""The addresses around a meeting: interests, actions, talks, minutes, decisions alone."""

from __future__ import annotations

from django.urls import path

from concord.web import deciding_alone, follow_up, interests, minutes, minutes_writing, talks
from concord.web.pages import both

_MINUTES = "<slug:place>/meetings/<slug:body>/<slug:day>/minutes"

urlpatterns = [
    *both("<slug:place>/interests/", interests.interests, "interests"),
    path("<slug:place>/interests/enter/", interests.enter, name="interest_enter"),
    path("<slug:place>/interests/declare/", interests.declare, name="interest_declare"),
    path("<slug:place>/interests/end/", interests.end, name="interest_end"),
    path("<slug:place>/interests/dispense/", interests.dispense, name="interest_dispense"),
    *both("<slug:place>/actions/", follow_up.actions, "actions"),
    path("<slug:place>/actions/add/", follow_up.add, name="action_add"),
    *both("<slug:place>/actions/<int:number>/", follow_up.action, "action"),
    path("<slug:place>/actions/<int:number>/update/", follow_up.update, name="action_update"),
    *both("<slug:place>/deferred/", talks.deferred, "deferred"),
    path("<slug:place>/deferred/talks/", talks.talk, name="talk_record"),
    path("<slug:place>/deferred/ladder/", talks.step, name="talk_step"),
    *both("<slug:place>/minutes/", minutes.minutes_page, "minutes"),
    *both(f"{_MINUTES}/", minutes.minutes, "meeting_minutes"),
    path(f"{_MINUTES}/write/", minutes_writing.write, name="minutes_write"),
    path("<slug:place>/decide/", deciding_alone.decide_alone, name="decide_alone"),
]
