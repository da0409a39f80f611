"""The fuse box: where everything is plugged together and started. The only place that knows all."""
