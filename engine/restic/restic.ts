/** A restic binary that is there and new enough. */
export interface Restic {
  readonly path: string
  readonly version: string
}
