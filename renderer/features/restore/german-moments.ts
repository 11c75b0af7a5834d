/** German words of moments, each with the English one that is read. */
const WORDS: Readonly<Record<string, string>> = {
  jetzt: 'now',
  neuester: 'newest',
  heute: 'today',
  gestern: 'yesterday',
  vorgestern: '2 days ago',
  am: 'on',
  letzten: 'last',
  letzter: 'last',
  um: '',
  uhr: '',
  sonntag: 'sunday',
  montag: 'monday',
  dienstag: 'tuesday',
  mittwoch: 'wednesday',
  donnerstag: 'thursday',
  freitag: 'friday',
  samstag: 'saturday',
  sonnabend: 'saturday',
  januar: 'jan',
  februar: 'feb',
  mär: 'mar',
  märz: 'mar',
  mai: 'may',
  juni: 'jun',
  juli: 'jul',
  sept: 'sep',
  okt: 'oct',
  oktober: 'oct',
  dez: 'dec',
  dezember: 'dec',
}

/** What spans are counted in, as they stand behind a number. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^min(ute|uten)?$/, 'minute'],
  [/^(std|stunden?)$/, 'hour'],
  [/^tag(en)?$/, 'day'],
  [/^wochen?$/, 'week'],
  [/^monat(en)?$/, 'month'],
  [/^jahr(en)?$/, 'year'],
]

/**
 * What was typed of a moment, in lower case, with its German words in English: `vor 3 tagen` is `3 days ago`, `21.11.2026`
 * is `2026-11-21`. They are understood whichever language the window speaks; what is no German word stays as it is.
 */
export function fromGerman(said: string): string {
  const words = readAgo(said)
    .replace(/\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b/, '$3-$2-$1')
    .split(' ')
    .map((word) => WORDS[word] ?? WORDS[word.replace(/\.$/, '')] ?? word)
  return words.filter((word) => word !== '').join(' ')
}

/** `vor einer stunde`, also with a time behind it. */
function readAgo(said: string): string {
  const parts = /^vor (\d{1,4}|eine[mr]) ?([a-z]+)\.?( .*)?$/.exec(said)
  const unit = UNITS.find(([known]) => known.test(parts?.[2] ?? ''))?.[1]
  if (parts === null || unit === undefined) return said
  const count = /^\d/.test(parts[1] ?? '') ? parts[1] : 'a'
  return `${count} ${unit}s ago${parts[3] ?? ''}`
}
