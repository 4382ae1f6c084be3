"""Good practices of other organisations that met the same needs: collected by a call, edited and confirmed, tagged by
need, read by anyone, suggested to the initiatives whose gaps they meet."""
