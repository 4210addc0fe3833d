"""Becomes another program that can't outlive its parent: `python -I -S launch.py PARENT SIGNAL PLAIN|UNPRIVILEGED -- COMMAND …`

It needs the standard library alone and ends in `exec`, so the process id that the parent got is the program's own.
A script rather than a `preexec_fn`, which may deadlock when the parent has threads.
"""

import ctypes
import os
import pwd
import sys

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
CANNOT_LAUNCH = 127


def become_ordinary_user(libc: ctypes.CDLL) -> None:
    """Enter a user namespace in which root carries the id of an ordinary user; files stay root's, so nothing needs a chown.

    PostgreSQL refuses to run as root. Raises OSError where the kernel or the container forbids user namespaces.
    """
    # initdb looks its own name up, so the id must be one that exists.
    disguise = next(entry for entry in pwd.getpwall() if entry.pw_uid != 0)
    uid, gid = os.getuid(), os.getgid()
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    for name, line in (("setgroups", "deny"), ("uid_map", f"{disguise.pw_uid} {uid} 1"), ("gid_map", f"{disguise.pw_gid or 1} {gid} 1")):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as control:  # noqa: PTH123 (pathlib doubles the start time)
            control.write(line)


def main(arguments: list[str]) -> None:
    """Tie this process to PARENT, leave root behind if asked to, become COMMAND."""
    parent, signal, mode, _, *command = arguments
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if mode == "UNPRIVILEGED" and os.getuid() == 0:
            try:
                become_ordinary_user(libc)
            except OSError as error:
                sys.exit(
                    "PostgreSQL refuses to run as root, and this machine forbids user namespaces "
                    f"({error.strerror}): start as an ordinary user."
                )
        # After the namespace, since a change of credentials clears it.
        libc.prctl(PR_SET_PDEATHSIG, int(signal), 0, 0, 0)
        if os.getppid() != int(parent):
            sys.exit("the parent has gone")
    try:
        os.execvp(command[0], command)  # noqa: S606 (becoming the command is the purpose)
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error.strerror}\n")
        sys.exit(CANNOT_LAUNCH)


if __name__ == "__main__":
    main(sys.argv[1:])
