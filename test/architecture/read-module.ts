import { type ESTree, parseSync, Visitor } from 'vite'

/** One module as its syntax shows it. */
export interface Module {
  /** From the project's folder, with `/`. */
  readonly path: string
  readonly imports: readonly Import[]
  readonly hasDefaultExport: boolean
  /** Lines that hold code: neither blank nor comment alone. */
  readonly codeLines: number
}

export interface Import {
  /** As it is written. */
  readonly specifier: string
  /** `url`: named by `new URL('…', import.meta.url)`, as a worker's entry is. */
  readonly how: 'import' | 'type' | 'url'
}

/** Read a module's imports, exports and size; throws when it is not TypeScript. */
export function readModule(path: string, text: string): Module {
  const { program, module, comments, errors } = parseSync(path, text, { lang: path.endsWith('x') ? 'tsx' : 'ts' })
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  const statics = module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    how: isTypeOnly(entries) ? ('type' as const) : ('import' as const),
  }))
  const reexports = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, isType }) =>
      moduleRequest ? [{ specifier: moduleRequest.value, how: isType ? ('type' as const) : ('import' as const) }] : [],
    ),
  )
  const exported = module.staticExports.flatMap(({ entries }) => entries.map(({ exportName }) => exportName.kind))
  return {
    path,
    imports: [...statics, ...reexports, ...importsInside(program)],
    hasDefaultExport: exported.includes('Default'),
    codeLines: countCodeLines(text, comments),
  }
}

function isTypeOnly(entries: readonly { readonly isType: boolean }[]): boolean {
  return entries.length > 0 && entries.every(({ isType }) => isType)
}

function importsInside(program: ESTree.Program): Import[] {
  const found: Import[] = []
  const note = (how: Import['how'], source: unknown) => {
    const value = (source as { readonly value?: unknown } | null | undefined)?.value
    if (typeof value === 'string') found.push({ specifier: value, how })
  }
  new Visitor({
    ImportExpression: (node) => note('import', node.source),
    TSImportType: (node) => note('type', node.source),
    NewExpression: (node) => {
      const [path, base] = node.arguments
      if (node.callee.type === 'Identifier' && node.callee.name === 'URL' && isModuleUrl(base)) note('url', path)
    },
  }).visit(program)
  return found
}

/** `import.meta.url`. */
function isModuleUrl(node: ESTree.Argument | undefined): boolean {
  return node?.type === 'MemberExpression' && node.object.type === 'MetaProperty'
}

function countCodeLines(text: string, comments: readonly { readonly start: number; readonly end: number }[]): number {
  let code = text
  for (const { start, end } of comments) {
    code = code.slice(0, start) + code.slice(start, end).replace(/[^\n]/g, ' ') + code.slice(end)
  }
  return code.split('\n').filter((line) => line.trim() !== '').length
}
