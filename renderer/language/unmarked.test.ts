import { globSync, readFileSync } from 'node:fs'
import { parseSync } from 'vite'
import { expect, it } from 'vitest'

/** What the parser gives, as far as it is looked at here. */
interface Node {
  readonly type: string
  readonly start: number
  readonly [field: string]: unknown
}

const root = new URL('../..', import.meta.url).pathname
const SOURCES = globSync('renderer/**/*.{ts,tsx}', { cwd: root }).filter(
  (path) => !/\.test\.tsx?$|\.d\.ts$|^renderer\/gallery\//.test(path),
)

/** Attributes, and fields of objects, that are read by people. */
const READ = ['label', 'title', 'aria-label', 'placeholder', 'description', 'alt', 'error']
const READ_FIELDS = ['label', 'title', 'explanation', 'nextStep', 'placeholder', 'description', 'term']
/** Names of products, which are the same in every language. */
const NAMES = ['SHA-256']

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value
const childrenOf = (node: Node): readonly Node[] => Object.values(node).flat().filter(isNode)
const isSentence = (text: unknown): text is string =>
  typeof text === 'string' && /\p{L}\s+\p{L}|\p{Lu}/u.test(text) && !NAMES.includes(text)

/** The texts that an expression may come to: those of its branches, not what it compares or hands on. */
function textsOf(node: Node): readonly string[] {
  switch (node.type) {
    case 'Literal':
      return isSentence(node['value']) ? [node['value']] : []
    case 'TemplateLiteral':
      return childrenOf(node).flatMap((part) =>
        part.type === 'TemplateElement'
          ? [(part['value'] as { readonly cooked: string }).cooked].filter(isSentence)
          : textsOf(part),
      )
    case 'ConditionalExpression':
      return [node['consequent'], node['alternate']].filter(isNode).flatMap(textsOf)
    case 'LogicalExpression':
    case 'JSXExpressionContainer':
    case 'ParenthesizedExpression':
      return childrenOf(node).flatMap(textsOf)
    default:
      return []
  }
}

function nameOf(node: unknown): string {
  if (!isNode(node)) return ''
  if (node.type === 'JSXNamespacedName') return `${nameOf(node['namespace'])}:${nameOf(node['name'])}`
  const name = node['name'] ?? node['value']
  return typeof name === 'string' ? name : ''
}

/** The texts for people below a node that no macro marks. */
function unmarked(node: Node): readonly string[] {
  if (node.type === 'JSXElement' && isNode(node['openingElement'])) {
    const tag = nameOf(node['openingElement']['name'])
    if (tag === 'Trans' || tag === 'Plural') return []
  }
  return [...unmarkedHere(node), ...childrenOf(node).flatMap(unmarked)]
}

function unmarkedHere(node: Node): readonly string[] {
  const { value } = node
  if (node.type === 'JSXText') return /\p{L}{2}/u.test(String(value)) ? [String(value).trim()] : []
  if (!isNode(value)) return []
  if (node.type === 'JSXAttribute') return READ.includes(nameOf(node['name'])) ? textsOf(value) : []
  if (node.type === 'Property') return READ_FIELDS.includes(nameOf(node['key'])) ? textsOf(value) : []
  return []
}

it('marks every sentence that stands in an element, in an attribute that is read, or in a field for it', () => {
  expect(SOURCES.length).toBeGreaterThan(300)
  const found = SOURCES.flatMap((path) => {
    const { program, errors } = parseSync(path, readFileSync(`${root}${path}`, 'utf8'))
    expect(errors).toEqual([])
    return unmarked(program as unknown as Node).map((text) => `${path}: ${text}`)
  })
  expect(found).toEqual([])
})

it('finds what is not marked, and leaves what is', () => {
  const found = (code: string): readonly string[] => unmarked(parseSync('a.tsx', code).program as unknown as Node)
  expect(found('const a = <b>Not marked</b>')).toEqual(['Not marked'])
  expect(found('const a = <Trans>Is <b title={t`Marked`}>marked</b></Trans>')).toEqual([])
  expect(found('const a = <A label={busy ? "Is busy" : t`Start`} />')).toEqual(['Is busy'])
  expect(found('const a = <A label={kind === "Not shown" ? t`Shown` : ""} />')).toEqual([])
  expect(found('const a = [{ id: "x", title: "Size" }]')).toEqual(['Size'])
})
