/** File names that have broken restore tools, by what they try. Each comes with neighbours that a wild card would hit. */
const TEXT = {
  plain: ['plain', 'plain2', '...', '.hidden', 'a:b', 'a,b', '{a,b}', '%s', '~'],
  longest: ['a'.repeat(255), 'a'.repeat(254)],
  lines: ['new\nline', 'newXline', 'end\n', 'end', '\n', 'cr\r', 'cr', '\r\n'],
  whiteSpace: [' ', '\t', 'tab\t', 'tab', ' lead', 'lead', 'trail ', 'trail', 'trail  '],
  unicodeWhiteSpace: ['nbsp\u00a0', 'nbsp', 'nel\u0085', 'nel', '\u3000', 'x\u2028'],
  wildCards: ['*', '**', '?', 'star*', 'starry', 'q?', 'qx', '[bad', '[bad]', 'b', 'x]', 'x', '[a-z]', 'm', '[^a]'],
  backslashes: ['back\\slash', '\\', '\\\\'],
  quotes: ['q"uote', "q'uote"],
  variables: ['$HOME', '${X}', '$$', '$', '${', '${RESTORE_NEWLINE}'],
  firstCharacters: ['-dash', '--', '#hash', '!bang', '\ufeff', '\ufeffbom'],
  controls: ['\u0001', '\u007f'],
  unicode: ['\u{1f600}', 'e\u0301', '\u00e9', 'caf\ufffd'],
} as const

/** Names that are not UTF-8, as latin1. */
const BYTES = [
  'caf\xe9',
  'caf\xe8',
  '\xff',
  '\xff ',
  '\xfe\xff',
  '\xe9[x]*',
  '\xe9x',
  '\xc2',
  '\xe2\x82',
  '\xed\xa0\x80',
]

export const HOSTILE_NAMES: readonly Buffer[] = [
  ...Object.values(TEXT).flatMap((names) => names.map((name) => Buffer.from(name))),
  ...BYTES.map((name) => Buffer.from(name, 'latin1')),
]
