import { os } from '../console.ts'
import { signalOf } from '../signals.ts'
import type { VerificationsService } from './verifications-service.ts'

export { VerificationsService } from './verifications-service.ts'
export { VerifiedRepositories, type WhatWasVerified } from './verified-repositories.ts'

/** `verifications.*` of the console's contract. */
export function verificationHandlers(verifications: VerificationsService) {
  return {
    page: os.verifications.page.handler(({ input: { planeId, before, limit, ...filter }, context, signal }) =>
      verifications.page(
        { planeId, workspaceId: context.workspace.id },
        { filter, before, limit },
        signalOf({ signal }),
      ),
    ),
    export: os.verifications.export.handler(({ input: { planeId, format, ...filter }, context, signal }) =>
      verifications.export(
        { planeId, workspaceId: context.workspace.id, origin: context.origin },
        { filter, format },
        signalOf({ signal }),
      ),
    ),
  }
}
