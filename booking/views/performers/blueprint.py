from flask import Blueprint

bp = Blueprint("performers", __name__)
