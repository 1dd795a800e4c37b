import { type CameraLogin, endCameraLogin, makeCameraLogin, readCameras } from '@pix/contracts/cameras.ts'
import { shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { useAction } from '../../base/use-action.ts'
import { useLoaded } from '../../base/use-loaded.ts'

/** The logins for cameras of one event, what came with them, and making and ending one. */
export function useCameras(eventId: string) {
  const params = { id: eventId }
  const { state, load, refresh } = useLoaded(signal => call(readCameras, { params }, { signal }))
  /** The login just made: its password is nowhere else. */
  const made = shallowRef<CameraLogin & { password: string }>()
  const { busy, problem, act } = useAction()

  const make = () =>
    act(async () => {
      made.value = await call(makeCameraLogin, { params })
      await refresh()
    })
  const end = (login: CameraLogin, ended: () => void) =>
    act(async () => {
      await call(endCameraLogin, { params: { ...params, login: login.id } })
      if (made.value?.id === login.id) made.value = undefined
      ended()
      await refresh()
    })
  return { state, load, refresh, made, busy, problem, make, end }
}
