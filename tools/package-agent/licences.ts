import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const LICENCE = /^(licen[cs]e|copying|copyrightnotice|notice)(\.(md|txt))?$/i
const RULE = '-'.repeat(80)

const manifestSchema = z.object({ name: z.string(), version: z.string(), license: z.string() })

/**
 * The licences of the packages in the given folders, in one text. A package without a text of its own is named with its
 * licence, where another one brings that licence's text. Throws otherwise: what is given on is given with its terms.
 */
export function licencesOf(folders: readonly string[]): string {
  const packages = folders.map(termsOf)
  const lacking = packages.find(
    ({ licence, texts }) =>
      texts.length === 0 && !packages.some((other) => other.licence === licence && other.texts.length > 0),
  )
  if (lacking !== undefined)
    throw new Error(`${lacking.title} brings no text of its licence, and neither does another.`)
  return packages
    .map(
      ({ title, texts }) =>
        `${title}\n\n${texts.join('\n\n') || 'The text of this licence stands with others here.'}\n`,
    )
    .join(`\n${RULE}\n\n`)
}

/** The licence of the Node that runs this, which lies beside it. Throws when it does not. */
export function licenceOfNode(): string {
  const path = join(dirname(dirname(process.execPath)), 'LICENSE')
  if (!existsSync(path)) {
    throw new Error(
      `The licence of Node is not at ${path}: run this by "npm run package:agent", with the Node it brings.`,
    )
  }
  return readFileSync(path, 'utf8')
}

interface Terms {
  readonly title: string
  readonly licence: string
  readonly texts: readonly string[]
}

function termsOf(folder: string): Terms {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const { name, version, license } = manifestSchema.parse(manifest)
  const texts = readdirSync(folder)
    .filter((entry) => LICENCE.test(entry))
    .map((entry) => readFileSync(join(folder, entry), 'utf8').trim())
  return { title: `${name} ${version} (${license})`, licence: license, texts }
}
