"""Controls of the treatment chair; they know no service and are told everything by their screen."""
