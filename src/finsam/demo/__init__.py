"""The demo home: people who cannot exist, drawn so that the published figures come back exactly."""
