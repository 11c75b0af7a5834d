import { join, resolve } from 'node:path'

/**
 * What every set-up step is given: the project's folder, the environment its children get, and a voice.
 * `strict` (a CI machine) turns what cannot run into a failure.
 * @param {NodeJS.ProcessEnv} environment
 */
export function createContext(environment) {
  const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', '..')
  return {
    root,
    cache: join(root, 'node_modules', '.cache', 'restore-console'),
    tools: join(root, '.tools', 'bin'),
    strict: environment['CI'] === 'true' || environment['CI'] === '1',
    isRoot: process.getuid?.() === 0,
    env: { ...environment },
    /** @param {string} subject @param {string} text */
    say: (subject, text) => process.stdout.write(`  ${subject.padEnd(12)} ${text}\n`),
  }
}

/** @typedef {ReturnType<typeof createContext>} Context */

/**
 * What a step came to: all is there, or the one thing that is missing and the one thing to do about it.
 * @typedef {{ readonly ready: true, readonly path?: string } | { readonly ready: false, readonly missing: string, readonly remedy: string }} Outcome
 */

/**
 * @param {string} missing
 * @param {string} remedy
 * @returns {Outcome}
 */
export function lacking(missing, remedy) {
  return { ready: false, missing, remedy }
}
