import type { Queryable } from '@pix/db/client.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { studioSellers } from '@pix/db/schema/sellers.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { open } from '@pix/db/sealed/seal.ts'
import type { DocumentSeller } from '@pix/domain/document-content.ts'
import { VAT_BP } from '@pix/domain/vat.ts'
import { and, eq } from 'drizzle-orm'
import type { Context, Joining } from '../../base/context.ts'

type Reading = Pick<Joining<Context>, 'db' | 'settings'>

/**
 * Who a studio is for the law. Until its owner says so, it charges no VAT. The house studio then has name and address
 * from the settings SELLER_NAME and SELLER_ADDRESS, any other studio its own name.
 */
export async function sellerOf({ db, settings }: Reading, studioId: string): Promise<DocumentSeller> {
  const [found] = await db
    .select({ seller: studioSellers, studioName: studios.nameTh })
    .from(studios)
    .leftJoin(studioSellers, eq(studioSellers.studioId, studios.id))
    .where(eq(studios.id, studioId))
  if (!found?.seller) {
    const named =
      studioId === HOUSE_STUDIO
        ? { name: settings.SELLER_NAME, address: settings.SELLER_ADDRESS }
        : { name: found?.studioName ?? '', address: '' }
    return { vat: 'none', ...named, taxId: null, branch: null, sellsAs: 'principal', soldAs: 'service' }
  }
  const { vat, name, address, taxId, branch, sellsAs, soldAs } = found.seller
  const opened = taxId && open(settings.COLUMN_KEYS, studioSellers.taxId, studioId, taxId)
  return { vat, name, address, taxId: opened, branch, sellsAs, soldAs }
}

/**
 * The VAT that every price of a studio includes, basis points of the price without it, so that books and tax invoices agree.
 * Null where its prices include none: nobody said that it is registered, or it is an agent, whose own share alone is taxed.
 */
export async function vatOfSeller(db: Queryable, studioId: string): Promise<number | null> {
  const isIt = and(
    eq(studioSellers.studioId, studioId),
    eq(studioSellers.vat, 'registered'),
    eq(studioSellers.sellsAs, 'principal'),
  )
  return (await db.$count(studioSellers, isIt)) === 0 ? null : VAT_BP
}
