"""Rails: the ways in which money comes in and goes back. Each implements services.ports.Rail."""
