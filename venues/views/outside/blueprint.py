from flask import Blueprint

bp = Blueprint("outside", __name__)
