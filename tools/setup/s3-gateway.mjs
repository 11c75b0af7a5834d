import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { lacking } from './context.mjs'
import { unpackFromDebian } from './debian.mjs'
import { failedLately, forgetFailure, noteFailure } from './memory.mjs'
import { isProgram } from './run.mjs'

/** @typedef {import('./context.mjs').Context} Context */

const MISSING = "Ceph's S3 gateway of Debian's testing suite"
const PROGRAMS = { radosgw: 's3-gateway', 'radosgw-admin': 's3-gateway-admin' }

/**
 * An S3 server for the tests: Ceph's, which keeps buckets in plain folders since its release 19. Debian's other S3 server,
 * rclone, is built without it. It lies in .tools/s3-gateway with the libraries of its own Debian.
 * @param {Context} context
 * @returns {Promise<import('./context.mjs').Outcome>}
 */
export async function ensureS3Gateway(context) {
  const there = () => Object.values(PROGRAMS).every((name) => isProgram(join(context.tools, name)))
  if (there()) return { ready: true }
  const remedy = 'rm -f node_modules/.cache/restore-console/s3-gateway-failed && npm test'
  if (failedLately(context, 's3-gateway'))
    return lacking(`${MISSING}: it was fetched in vain within the last day`, remedy)
  const folder = join(context.tools, '..', 's3-gateway')
  const wanted = {
    what: "Ceph's S3 gateway (85 MB)",
    suite: 'testing',
    packages: ['radosgw', 'ceph-common'],
    libraries: true,
    folder,
  }
  const failure = await unpackFromDebian(context, 's3 server', wanted)
  if (failure !== undefined) {
    noteFailure(context, 's3-gateway')
    return lacking(`${MISSING}${failure}`, remedy)
  }
  forgetFailure(context, 's3-gateway')
  keepWhatRuns(folder)
  writeLaunchers(context, folder)
  return { ready: true }
}

/** @param {string} folder */
function keepWhatRuns(folder) {
  const programs = readdirSync(join(folder, 'usr', 'bin')).filter((name) => !(name in PROGRAMS))
  const needless = ['usr/share', 'usr/sbin', 'etc', 'var', ...programs.map((name) => `usr/bin/${name}`)]
  for (const path of needless) rmSync(join(folder, path), { recursive: true, force: true })
}

/**
 * Programs of a newer Debian start through the loader of that Debian.
 * @param {Context} context
 * @param {string} folder
 */
function writeLaunchers(context, folder) {
  const usrLib = join(folder, 'usr', 'lib')
  const libraries = join(usrLib, readdirSync(usrLib).find((name) => name.endsWith('-linux-gnu')) ?? '')
  const loader = join(libraries, readdirSync(libraries).find((name) => name.startsWith('ld-linux')) ?? '')
  const fromHere = (/** @type {string} */ path) => `$here/${relative(context.tools, path)}`
  const path = [libraries, join(libraries, 'ceph')].map(fromHere).join(':')
  mkdirSync(context.tools, { recursive: true })
  for (const [program, name] of Object.entries(PROGRAMS)) {
    const file = fromHere(join(folder, 'usr', 'bin', program))
    const lines = [
      '#!/bin/sh',
      'here=$(dirname "$0")',
      `exec "${fromHere(loader)}" --library-path "${path}" "${file}" "$@"`,
    ]
    writeFileSync(join(context.tools, name), `${lines.join('\n')}\n`, { mode: 0o755 })
  }
}
