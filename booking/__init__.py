"""Who gets which time: requests, options, stops, and the claims that keep them apart."""
