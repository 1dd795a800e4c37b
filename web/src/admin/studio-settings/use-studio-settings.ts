import * as contracts from '@pix/contracts/studio-settings.ts'
import { call } from '../../base/api.ts'
import { usePolled } from '../../base/use-polled.ts'

/** While an uploaded logo is read it is asked for again after so long. */
const LOOK_MS = 1_500

/** The settings of one studio. What a section has saved comes back as the whole. */
export function useStudioSettings(studioId: string) {
  const params = { id: studioId }
  const { state, load, show } = usePolled(
    signal => call(contracts.readStudioSettings, { params }, { signal }),
    ({ logo }) => (logo.isComing ? LOOK_MS : undefined),
  )

  return {
    state,
    load,
    saveLook: async (body: { name: { th: string; en: string }; accentColor: string | null }) =>
      show(await call(contracts.changeStudioLook, { params, body })),
    saveGateway: async (gateway: string | null) =>
      show(await call(contracts.chooseGateway, { params, body: { gateway } })),
    sendLogo: async (logo: File) => show(await call(contracts.uploadLogo, { params, form: { logo } })),
    close: async (password: string | undefined) => {
      await call(contracts.closeStudio, { params, body: { password } })
    },
    removeLogo: async () => show(await call(contracts.removeLogo, { params })),
  }
}
