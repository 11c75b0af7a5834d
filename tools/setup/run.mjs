import { spawn } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** @typedef {import('./context.mjs').Context} Context */

/**
 * Run a program to its end. Never rejects: a program that cannot be started ends with code 127, one that took longer
 * than its limit with 124. `output` is what it wrote to both streams, unless `show` lets it write to the terminal.
 * @param {Context} context
 * @param {readonly string[]} command
 * @param {{ cwd?: string, env?: Record<string, string>, limitSeconds?: number, show?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(context, command, options = {}) {
  const [file = '', ...args] = command
  return new Promise((resolve) => {
    let output = ''
    let late = false
    const child = spawn(file, args, {
      cwd: options.cwd ?? context.root,
      env: { ...context.env, ...options.env },
      stdio: options.show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    })
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString('utf8')).slice(-1_000_000)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    const limit = options.limitSeconds
      ? setTimeout(() => {
          late = true
          child.kill('SIGKILL')
        }, options.limitSeconds * 1000)
      : undefined
    child.once('error', (error) => {
      clearTimeout(limit)
      resolve({ code: 127, output: output + error.message })
    })
    child.once('close', (code) => {
      clearTimeout(limit)
      resolve({ code: late ? 124 : (code ?? 128), output })
    })
  })
}

/**
 * npm itself, run by the Node that runs us: `npm` may not be on the PATH of a child.
 * @param {Context} context
 * @param {readonly string[]} args
 */
export function npmCommand(context, args) {
  const cli = context.env['npm_execpath']
  return cli && /\.[cm]?js$/.test(cli) ? [process.execPath, cli, ...args] : ['npm', ...args]
}

/**
 * Where a program is on the PATH of our children; undefined when it is not there.
 * @param {Context} context
 * @param {...string} names
 * @returns {string | undefined}
 */
export function findProgram(context, ...names) {
  const folders = (context.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  for (const name of names) {
    const found = folders.map((folder) => join(folder, name)).find(isProgram)
    if (found) return found
  }
  return undefined
}

/**
 * Whether a path is a file that may be run.
 * @param {string} path
 */
export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/**
 * Put a folder before all others in the PATH of our children.
 * @param {Context} context
 * @param {string} folder
 */
export function putOnPath(context, folder) {
  const others = (context.env['PATH'] ?? '').split(delimiter).filter((other) => other !== folder)
  context.env['PATH'] = [folder, ...others].join(delimiter)
}

/**
 * The last lines of a program's output, for a person who must find out why it failed.
 * @param {string} output
 */
export function tail(output, lines = 15) {
  return output
    .trimEnd()
    .split('\n')
    .slice(-lines)
    .map((line) => `    ${line}`)
    .join('\n')
}
