from people.views import demo, signing_in

blueprints = [signing_in.bp]

__all__ = ["blueprints", "demo"]
