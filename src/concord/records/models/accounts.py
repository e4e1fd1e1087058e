"""Who may sign in, and which roles they hold, for which organisation, where, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from concord.domain.places.policy import PUBLIC, RoleFact


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by e-mail, whatever its capitals."""

    def get_by_natural_key(self, email: str | None) -> Account:
        return self.get(email__iexact=email)


class Account(AbstractBaseUser):
    """A person who signs in; what they may do is in their roles alone."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)

    objects = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["email"]

    def __str__(self) -> str:
        return self.name or self.email

    def role_facts(self) -> tuple[RoleFact, ...]:
        """Every role ever held, as the policy reads them; asked of the database once."""
        if not hasattr(self, "_role_facts"):
            self._role_facts = self.roles.all().as_facts()
        return self._role_facts


class RoleQuerySet(models.QuerySet["Role"]):
    def on(self, day: date) -> RoleQuerySet:
        """The roles that hold on a day; the last day counts."""
        return self.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day)

    def of_active(self, account: int) -> RoleQuerySet:
        """The roles of an account, or none once the account is closed."""
        return self.filter(account=account, account__is_active=True)

    def as_facts(self) -> tuple[RoleFact, ...]:
        return tuple(role.as_fact() for role in self)


class Role(models.Model):
    """One role of one person, for one organisation, at one place; an empty place means all."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=40)
    organisation = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=80, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["account", "place", "organisation", "role", "starts"]

    def __str__(self) -> str:
        return f"{self.role} of {self.organisation or 'every organisation'}"

    def as_fact(self) -> RoleFact:
        return RoleFact(self.role, self.place, self.organisation, self.starts, self.ends)


def role_facts_of(account: object) -> Iterable[RoleFact]:
    """The roles of whoever asks; a visitor who has not signed in is the public."""
    return account.role_facts() if isinstance(account, Account) else (PUBLIC,)
