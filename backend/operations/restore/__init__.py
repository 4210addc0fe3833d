"""Putting a backup in the place of the present data.

`inspection` reads and checks the file, `target` looks at what is there, `secret_files` opens and puts back the secrets, `afterwards`
does in the restored database what has to be done before anybody uses it, `target` exchanges the databases. `work` has the order.
"""
