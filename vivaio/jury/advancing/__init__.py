"""From a stage of a call to the next: who goes on, who moves up from the reserve, the jury that comes along."""
