import { fileNameFromBytes } from '../../file-name.ts'
import { files, links, type Scene, together } from './scene.ts'

const FOLDER = 'home/alice/Names from everywhere'
const latin1 = (name: string) => fileNameFromBytes(Buffer.from(name, 'latin1'))

/** Names that tools stumble over, each with a line that says what is odd about it. */
export function oddNames(modified: Date): Scene {
  const names: Readonly<Record<string, string>> = {
    'two\nlines.txt': 'The name has a line break in it.',
    'tab\tand\rreturn.txt': 'The name has a tab and a carriage return in it.',
    'say "ahoy".txt': 'The name has double quotes in it.',
    "alice's list.txt": 'The name has an apostrophe in it.',
    'every*file.txt': 'The star is part of the name.',
    'everyfile.txt': 'A star taken for a pattern would also match this one.',
    'really?.txt': 'The question mark is part of the name.',
    'invoice [2].txt': 'The brackets are part of the name.',
    'invoice 2.txt': 'Brackets taken for a pattern would match this one.',
    '[open.txt': 'A bracket that is never closed.',
    'back\\slash.txt': 'The backslash is part of the name.',
    '$HOME.txt': 'The dollar sign is part of the name.',
    '-rf': 'A name like an option.',
    '#draft.txt': 'A name like a comment.',
    '!important.txt': 'A name like a negation.',
    ' leading space.txt': 'The name begins with a space.',
    'trailing space.txt ': 'The name ends with a space.',
    '⛵ regatta 🏁.txt': 'The name has emoji in it.',
    'Übersicht Größe.txt': 'The name has umlauts in it.',
    'cafe\u0301 (combining).txt': 'The accent is a character of its own.',
    'café (precomposed).txt': 'The accent is part of the letter.',
    'mirror \u202etxt.exe': 'A character in the name turns the direction of writing.',
    [latin1('caf\xe9 (Latin-1).txt')]: 'The name was written by a system that used Latin-1; it is not UTF-8.',
    [latin1('\xff')]: 'The name is a single byte that is not UTF-8.',
    [`${'long '.repeat(50)}.txt`]: 'The name is one byte shorter than a name can be.',
    ['x'.repeat(255)]: 'The name is exactly 255 bytes long.',
  }
  const inFolder = Object.entries(names).map(([name, text]) => [`${FOLDER}/${name}`, `${text}\n`] as const)
  return together(
    files(modified, Object.fromEntries(inFolder)),
    files(modified, { [`${FOLDER}/deep [1]/star*/plain.txt`]: 'The folders on the way here have odd names.\n' }),
    links(modified, {
      [`${FOLDER}/link to the list`]: "alice's list.txt",
      [`${FOLDER}/dangling`]: '../gone/for-good.txt',
    }),
  )
}
