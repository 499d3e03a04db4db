from flask import Blueprint

bp = Blueprint("inviting", __name__)
