import { changeSeller } from '@pix/contracts/sellers.ts'
import { listEvents } from '@pix/contracts/events.ts'
import { listPhotos } from '@pix/contracts/photos.ts'
import { chooseGateway } from '@pix/contracts/studio-settings.ts'
import { setTransferAccount } from '@pix/contracts/transfers.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import type { Stack } from '@pix/stack/start/stack.ts'
import { SECOND_STUDIO } from '@pix/stack/start/seed-second-studio.ts'
import { DEMO } from '../try/visitor.ts'
import { personAt } from '../person.ts'
import type { SignedIn } from './signed-in.ts'

/** Photos on sale: of the house, paid through PayNoi, and of the second studio, paid through Omise. */
export interface OnSale {
  house: string[]
  second_studio: string[]
}

/** A company as seller, which withholds tax; an account for transfers by hand; and Omise for the second studio. */
export async function openShops(stack: Stack, admin: SignedIn): Promise<OnSale> {
  const seller = {
    vat: 'none' as const,
    name: 'ThePixStock Co., Ltd.',
    address: '1 Silom Road, Bangkok 10500',
    taxId: '0107537000521',
    branch: null,
    sellsAs: 'principal' as const,
    soldAs: 'service' as const,
  }
  for (const id of [HOUSE_STUDIO, SECOND_STUDIO]) await admin.call(changeSeller, { params: { id }, body: seller })
  const account = { bank: 'KBank', number: '0123456789', name: 'ThePixStock Co., Ltd.', promptpay: null }
  await admin.call(setTransferAccount, { body: { account, password: DEMO.password } })
  await admin.call(chooseGateway, { params: { id: SECOND_STUDIO }, body: { gateway: 'omise' } })

  const visitor = personAt({ stack }, '192.0.2.1')
  const { items } = await visitor.call(listEvents, { query: {} })
  const photosOf = async (slug: string) => {
    const id = items.find(event => event.slug === slug)!.id
    const { items: photos } = await visitor.call(listPhotos, { params: { id }, query: { limit: 100 } })
    return photos.map(photo => photo.id)
  }
  return {
    house: await photosOf('riverside-night-2026'),
    second_studio: await photosOf('moonlight-graduation-2026'),
  }
}
