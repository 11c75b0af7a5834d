import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerReader } from '../../engine/repository/gateway/answer-reader.ts'
import type { Backend } from '../../engine/repository/native/backend.ts'
import type { PlaneStore } from '../store/index.ts'
import { admits } from './reader-credentials.ts'

export interface RepositoryGatewayDeps {
  readonly store: PlaneStore
  /** What gives a group's files; undefined where it is not ready. */
  readonly backendOf: (groupId: string) => Backend | undefined
  readonly now: () => Date
  readonly log: (message: string, error: unknown) => void
}

/** Where the gateway is mounted; what follows is the group's id. */
export const REPOSITORIES = '/repositories/'

/**
 * The gateway to the groups' repositories, by restic's REST protocol: reading alone, one group for each credential. 401 for credentials that are none
 * or have ended, 403 for those of another group or that nothing covers any more, and for all that would write.
 */
export class RepositoryGateway implements Disposable {
  readonly #deps: RepositoryGatewayDeps
  readonly #closing = new AbortController()

  constructor(deps: RepositoryGatewayDeps) {
    this.#deps = deps
  }

  /** Answers a request below `REPOSITORIES`, and resolves to true; to false for any other. Never rejects. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const pathname = URL.parse(request.url ?? '/', 'https://plane')?.pathname ?? '/'
    if (!pathname.startsWith(REPOSITORIES)) return false
    const [groupId = '', ...path] = pathname.slice(REPOSITORIES.length).split('/')
    const status = this.#refusal(request, groupId)
    if (status !== undefined) refuse(response, status)
    else await this.#give(request, response, { groupId, path: path.join('/') })
    return true
  }

  [Symbol.dispose](): void {
    this.#closing.abort()
  }

  #refusal({ headers }: IncomingMessage, groupId: string): 401 | 403 | undefined {
    const { store, now } = this.#deps
    const admission = admits(headers.authorization, groupId, { store, now: now() })
    return admission === 'in' ? undefined : admission === 'unknown' ? 401 : 403
  }

  async #give(
    request: IncomingMessage,
    response: ServerResponse,
    { groupId, path }: { readonly groupId: string; readonly path: string },
  ): Promise<void> {
    const { log } = this.#deps
    const backend = this.#backendOf(groupId)
    if (backend === undefined) return refuse(response, 403)
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const signal = AbortSignal.any([gone.signal, this.#closing.signal])
    await answerReader(request, response, {
      path,
      backend,
      signal,
      report: (error) => {
        if (!signal.aborted) log('gateway.unreadable', error)
      },
    })
  }

  #backendOf(groupId: string): Backend | undefined {
    try {
      return this.#deps.backendOf(groupId)
    } catch (error) {
      this.#deps.log('gateway.unreadable', error)
      return undefined
    }
  }
}

function refuse(response: ServerResponse, status: 401 | 403): void {
  const challenge = status === 401 ? { 'www-authenticate': 'Basic realm="repositories", charset="UTF-8"' } : {}
  response.writeHead(status, { ...challenge, 'content-length': 0 }).end()
}
