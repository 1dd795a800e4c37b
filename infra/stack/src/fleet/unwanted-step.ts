import { play } from './ansible.ts'
import { on } from './machines.ts'
import type { Step } from './step.ts'

/** Programs of which the test's inventory asks for none, on machines that would have them. */
const UNWANTED = [
  { machine: 'vm1', unit: 'sftpgo' },
  { machine: 'vm2', unit: 'alloy' },
  { machine: 'vm4', unit: 'loki' },
  { machine: 'vm4', unit: 'grafana-server' },
] as const

const fileOf = (unit: string) => `/etc/systemd/system/${unit}.service`
/** The programs cannot be had here: a unit of their name that sleeps is what systemd has to stop. */
const SLEEPS = '[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n'

export const unwantedStep: Step = {
  name: 'what the inventory no longer asks for',
  run: async () => {
    for (const { machine, unit } of UNWANTED) {
      await on(machine, `cat > ${fileOf(unit)}`, { input: SLEEPS })
      await on(machine, `systemctl daemon-reload && systemctl enable --now ${unit}`)
    }
    await play('site.yml', {}, { tags: 'logs,grafana,camera-uploads' })
    for (const { machine, unit } of UNWANTED) {
      const state = await on(machine, `systemctl is-active ${unit}; systemctl is-enabled ${unit}`, { reject: false })
      if (state.stdout !== 'inactive\ndisabled') throw new Error(`${unit} of ${machine} is ${state.stdout}`)
      await on(machine, `rm ${fileOf(unit)} && systemctl daemon-reload`)
    }
    return { note: `${UNWANTED.map(({ unit }) => unit).join(', ')}: units of these names are stopped and stay off` }
  },
}
