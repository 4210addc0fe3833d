/**
 * The passwords that are guessed first, composed as the server composes them (`backend/accounts/common_passwords.py`), so that
 * the checklist knows at once what the server would refuse. A test of the server compares the two.
 */
const WORDS =
  'password passwort passw0rd p@ssw0rd p@ssword contraseña contrasena clave secret secreto letmein welcome bienvenido ' +
  'admin administrator administrador root superuser user guest test testing default changeme changeit login master manager ' +
  'staff frontdesk reception desk checkin check-in kiosk centre center gaming gamer games game arcade member membership krc ' +
  'qwerty qwertz azerty asdf zxcv dragon monkey shadow sunshine princess princesa football futbol baseball basketball soccer ' +
  'superman batman spiderman pokemon pikachu mario minecraft fortnite roblox playstation nintendo xbox starwars hunter killer ' +
  'iloveyou teamo teamomucho whatever trustno freedom summer winter spring autumn verano january monday friday california losangeles ' +
  'america mexico angel michael jordan jessica ashley charlie daniel computer internet samsung google cheese chocolate cookie banana'
const ENDINGS = ' 1 12 123 1234 12345 123456 ! 1! 123! 01 007 69 99'
const FIRST_YEAR = 2015
const LAST_YEAR = 2030
const WALKS =
  'qwertyuiop qwertzuiop azertyuiop asdfghjkl zxcvbnm 1qaz2wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4 q1w2e3r4t5 qazwsxedc zaq12wsx ' +
  'qweasdzxc qwerasdf asdfqwer asdfzxcv 1234qwer qwer1234 123qweasd qweasd123 abc12345 abcd1234 1234abcd a1b2c3d4 aa123456 ' +
  '!qaz2wsx 1qazxsw2 zxcvbnm123 asdfghjkl123 trustno1 letmein1 iloveyou1 correcthorsebatterystaple'
const PIECES = '123 1234 321 4321 abc abcd 123abc abc123'
const ROWS = 'abcdefghijklmnopqrstuvwxyz 01234567890123456789 qwertyuiop asdfghjkl zxcvbnm'
const SHORTEST = 8

function compose(): ReadonlySet<string> {
  const words = WORDS.split(' ')
  const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, index) => String(FIRST_YEAR + index))
  const endings = [...ENDINGS.split(' '), ...years]
  const found = new Set(words.flatMap((word) => endings.map((ending) => word + ending)))
  for (const word of [...words.map((each) => each + each), ...WALKS.split(' ')]) found.add(word)
  for (const row of ROWS.split(' ')) {
    for (const line of [row, [...row].reverse().join('')]) {
      for (let start = 0; start < line.length; start++)
        for (let end = start + SHORTEST; end <= line.length; end++) found.add(line.slice(start, end))
    }
  }
  for (const piece of PIECES.split(' '))
    for (let length = 8; length <= 16; length++) found.add(piece.repeat(16).slice(0, length))
  return new Set([...found].filter((password) => [...password].length >= SHORTEST))
}

export const COMMON = compose()
