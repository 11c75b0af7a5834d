/** What a page of Markdown points at and names. Code is left out of all but `code`. */
export interface MarkdownPage {
  /** Where its links lead and which pictures it shows, as they are written. */
  readonly targets: readonly string[]
  /** What can be named after `#`, as GitHub makes it of headings. */
  readonly anchors: readonly string[]
  /** What is set in bold: exact words of the screen, in the guide. */
  readonly bold: readonly string[]
  /** What is set as code, inline and in blocks, line by line. */
  readonly code: readonly string[]
}

export function readMarkdown(source: string): MarkdownPage {
  const blocks: string[] = []
  const withoutBlocks = source.replaceAll(/^( *)```[^\n]*\n([\s\S]*?)^ *```$/gm, (_, __, block: string) => {
    blocks.push(...block.split('\n'))
    return ''
  })
  const inline = [...withoutBlocks.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
  const prose = withoutBlocks.replaceAll(/`[^`\n]+`/g, '')
  return {
    targets: [...linksIn(prose)],
    anchors: anchorsOf(withoutBlocks),
    bold: [...prose.matchAll(/\*\*([^*]+)\*\*/g)].map(([, words = '']) => words.replaceAll(/\s+/g, ' ')),
    code: [...inline, ...blocks],
  }
}

function* linksIn(prose: string): Generator<string> {
  // A title may stand behind the target; a link's text may itself be a picture.
  for (const [, target = ''] of prose.matchAll(/\]\(([^()\s]+)(?:\s+"[^"]*")?\)/g)) yield target
  for (const [, target = ''] of prose.matchAll(/\b(?:src|srcset|href)="([^"]+)"/g)) yield target
}

/** As GitHub names headings: lower case, without punctuation, spaces as hyphens, numbered where one comes again. */
function anchorsOf(text: string): string[] {
  const seen = new Map<string, number>()
  return [...text.matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, heading = '']) => {
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const name = plain.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(/\s/g, '-')
    const times = seen.get(name) ?? 0
    seen.set(name, times + 1)
    return times === 0 ? name : `${name}-${times}`
  })
}
