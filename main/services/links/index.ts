export { LINK_SCHEME } from './link.ts'
export { LinksService } from './links-service.ts'
