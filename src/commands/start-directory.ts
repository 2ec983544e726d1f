import {FedctlCommand} from '../cli/fedctl-command.ts'
import {listenFlags} from '../cli/flags/listen.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {startService} from '../cli/start-service.ts'
import {type DirectoryService, directoryServiceView} from '../cli/views/directory-service-view.ts'

export default class StartDirectory extends FedctlCommand<DirectoryService> {
  static override topic = 'Services'
  static override summary = 'Serve the embedded directory over HTTPS until Ctrl-C (SIGINT) or SIGTERM.'
  static override description =
    'It answers as Microsoft Graph does. The certificate is made at the first start and renewed at a start in its last 30 days; the line about NODE_EXTRA_CA_CERTS says how clients trust it. /healthz says whether the store answers; /metrics has Prometheus text, for programs of this machine only. Running requests get 10 seconds to end, a second signal ends them at once. Programs that wait for it to listen read one line: --output jsonl.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --listen 127.0.0.1:0 --access-log requests.jsonl --output jsonl',
    '<%= config.bin %> <%= command.id %> --listen 0.0.0.0:8443 --allow-remote --name directory.contoso.com',
    '<%= config.bin %> <%= command.id %> --certificate server.pem --key server.key --quiet',
  ]
  static override args = {}
  static override flags = {...listenFlags}
  protected override readonly view = directoryServiceView
  protected override readonly usualOutput = 'list'
  protected override readonly runsToTheEnd = true

  override async *records(given: CommandParameters<typeof StartDirectory>): AsyncIterable<DirectoryService> {
    // No request is sent that could be shown.
    if (given.asGraph) return
    const {service, close} = await startService(this.context, given)
    try {
      const stopped = this.context.interruptible(untilAborted, 'Stopping: requests that are under way may end.')
      yield service
      await stopped
    } finally {
      await close()
    }
  }
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), {once: true})
  })
