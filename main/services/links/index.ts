export { LINK_SCHEME, type Link, readLink } from './link.ts'
export { LinksService } from './links-service.ts'
