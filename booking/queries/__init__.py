"""Named reads. They return models or values of the rules; none of them writes."""
