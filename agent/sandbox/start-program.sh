#!/bin/sh
# The first program of a run's unit. What to start comes on standard input, since everybody may read a unit's properties
# and arguments: the folder to be in, the environment, the program with its arguments (write-program.ts). What comes
# after that is the program's own standard input. PATH is empty here: nothing but the shell itself is used.
set -eu
_newline='
'
# One text, which may be of several lines, into _text.
take() {
  IFS= read -r _more
  IFS= read -r _text
  while [ "$_more" -gt 0 ]; do
    IFS= read -r _line
    _text=$_text$_newline$_line
    _more=$((_more - 1))
  done
}

take
_folder=$_text
take
_count=$_text
while [ "$_count" -gt 0 ]; do
  take
  _name=$_text
  take
  export "$_name=$_text"
  _count=$((_count - 1))
done
take
_count=$_text
set --
while [ "$_count" -gt 0 ]; do
  take
  set -- "$@" "$_text"
  _count=$((_count - 1))
done
cd -- "$_folder"
exec "$@"
