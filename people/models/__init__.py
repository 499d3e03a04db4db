from people.models.organisation import LONGEST_NAME, Organisation, name_key
from people.models.person import Person, PersonRole, Role
from people.models.sign_in_link import SignInLink

__all__ = [
    "LONGEST_NAME",
    "Organisation",
    "Person",
    "PersonRole",
    "Role",
    "SignInLink",
    "name_key",
]
