/** Where in an S3 store a repository lies. */
export interface BucketPlace {
  readonly bucket: string
  /** Without a slash at either end; empty where the repository is all of the bucket. */
  readonly prefix: string
  readonly region: string
}

/**
 * What a session may do at most, whatever its role may: read the files of one repository, and list them (IAM's "Session policies"). A
 * restic that reads with `--no-lock` needs no more.
 */
export function readOnlyPolicy({ bucket, prefix, region }: BucketPlace): string {
  const arn = `arn:${partitionOf(region)}:s3:::${bucket}`
  const inside = prefix === '' ? '' : `${prefix}/`
  const list = {
    Effect: 'Allow',
    Action: ['s3:ListBucket'],
    Resource: [arn],
    ...(prefix === '' ? {} : { Condition: { StringLike: { 's3:prefix': [prefix, `${prefix}/*`] } } }),
  }
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['s3:GetObject'], Resource: [`${arn}/${inside}*`] },
      list,
      { Effect: 'Allow', Action: ['s3:GetBucketLocation'], Resource: [arn] },
    ],
  })
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}
