import { symlink } from 'node:fs/promises'
import { startRestServer } from '../rest-server.ts'
import type { repositoryAt } from '../restic.ts'
import { startS3Server } from '../s3-server.ts'
import type { Tool } from '../tools.ts'

/** A server, or none, that repositories are given to. */
export interface PlaceServer extends AsyncDisposable {
  /** Serve the repository in a local folder where it lies, or a copy of it. The name is free to choose. */
  serve(repository: string, name: string): Promise<Parameters<typeof repositoryAt>[1]>
}

export interface Place {
  readonly name: string
  /** What serves it. */
  readonly tools: readonly Tool[]
  /** `directory` is for what the server needs. */
  start(directory: string): Promise<PlaceServer>
}

/** Where a repository may lie for our own reader. */
export const PLACES: readonly Place[] = [
  {
    name: 'a local folder',
    tools: [],
    async start() {
      return { serve: async (repository) => ({ url: repository }), async [Symbol.asyncDispose]() {} }
    },
  },
  {
    name: 'a REST server',
    tools: ['rest-server'],
    async start(directory) {
      const server = await startRestServer({ directory })
      return {
        async serve(repository, name) {
          await symlink(repository, server.repositoryDirectory(name))
          return { url: `rest:${server.url}${name}/` }
        },
        [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
      }
    },
  },
  {
    name: 'an S3 store',
    tools: ['s3-gateway', 's3-gateway-admin'],
    async start(directory) {
      const server = await startS3Server({ directory })
      await server.createBucket('bucket')
      return {
        async serve(repository, name) {
          await server.upload(repository, 'bucket', `a/${name}`)
          return {
            url: `s3:${server.url}bucket/a/${name}`,
            username: server.username,
            serverPassword: server.password,
          }
        },
        [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
      }
    },
  },
]
