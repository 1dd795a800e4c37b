import { z } from 'zod'
import { Id, LocalText } from './common.ts'

/** A studio, as what belongs to it names it. */
export const StudioLink = z.object({ id: Id, slug: z.string(), name: LocalText }).meta({ id: 'StudioLink' })
export type StudioLink = z.infer<typeof StudioLink>
