"""A small cluster with Open vSwitch as Antrea sets it up, on the running kernel."""
