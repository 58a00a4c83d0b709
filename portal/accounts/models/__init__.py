"""Accounts, and what was asked to change about what they may do."""

from portal.accounts.models.changes import RoleChange, RoleChangeQuerySet
from portal.accounts.models.users import StaffManager, User, UserQuerySet

__all__ = ["RoleChange", "RoleChangeQuerySet", "StaffManager", "User", "UserQuerySet"]
