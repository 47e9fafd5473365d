"""Whether figures hold together, in our own tables and in anyone's."""
