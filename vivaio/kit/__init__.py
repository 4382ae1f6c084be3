"""What every room shares and no stage owns: rules, states, clock, jobs, files, pages."""
