import type { User } from '@pix/contracts/auth.ts'
import { eventPhotographers, organizers } from '@pix/db/schema/events.ts'
import { studioMembers, studios } from '@pix/db/schema/studios.ts'
import { sql } from 'drizzle-orm'

/**
 * Columns of a select from `users`: the rights of each user besides the role. The table is named by hand: in a select
 * from one table Drizzle leaves it out, and `id` would be that of the inner select.
 */
export const standingColumns = {
  memberships: sql<User['memberships']>`coalesce((
    select jsonb_agg(
      jsonb_build_object(
        'role', m.role,
        'studio', jsonb_build_object(
          'id', s.id, 'slug', s.slug, 'name', jsonb_build_object('th', s.name_th, 'en', s.name_en)
        )
      )
      order by s.slug
    )
    from ${studioMembers} m join ${studios} s on s.id = m.studio_id
    where m.user_id = users.id
  ), '[]')`,
  isPhotographer: sql<boolean>`exists (select 1 from ${eventPhotographers} p where p.user_id = users.id)`,
  isOrganizer: sql<boolean>`exists (select 1 from ${organizers} o where o.user_id = users.id)`,
}
