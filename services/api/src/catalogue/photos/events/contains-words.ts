import { events } from '@pix/db/schema/events.ts'
import { sql, type SQL } from 'drizzle-orm'

const MOST_WORDS = 6

/**
 * Conditions that a text contains each word. Both sides are in one form (`search_form`), in which wildcards are
 * ordinary characters.
 */
export function containsEachWord(text: string): SQL[] {
  const words = text.split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)
  return words.map(word => sql`${events.searchText} like '%' || escape_like(search_form(${word}::text)) || '%'`)
}
