import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { basename, dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

/** 2000-01-01: any day will do, as long as it is the same one. `SOURCE_DATE_EPOCH` (reproducible-builds.org) names another. */
const LONG_AGO = '946684800'

/**
 * Pack a folder into `<archive>`: the same bytes for the same files, whoever packs them and when. GNU tar orders and
 * names, and Node compresses: its zlib is of one version, the system's gzip is not.
 */
export async function archive(folder: string, path: string): Promise<void> {
  const tar = spawn(
    'tar',
    [
      '--create',
      '--format=ustar',
      '--sort=name',
      '--owner=0',
      '--group=0',
      '--numeric-owner',
      '--mode=u=rwX,go=rX',
      `--mtime=@${process.env['SOURCE_DATE_EPOCH'] ?? LONG_AGO}`,
      `--directory=${dirname(folder)}`,
      basename(folder),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = new Promise<void>((resolve, reject) => {
    tar.once('error', reject)
    tar.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`tar ended with ${code}. GNU tar is needed.`))
    })
  })
  await Promise.all([ended, pipeline(tar.stdout, createGzip({ level: 9 }), createWriteStream(path))])
}
