// The Jobs that Nextflow's Kubernetes executor makes of one task, one for each configuration: a JSON array.
//   groovy.ui.GroovyMain jobs.groovy <nextflow.config> …
import com.google.common.hash.HashCode
import groovy.json.JsonOutput
import java.nio.file.Path
import nextflow.Session
import nextflow.config.ConfigParser
import nextflow.fusion.FusionConfig
import nextflow.fusion.FusionScriptLauncher
import nextflow.k8s.K8sExecutor
import nextflow.k8s.K8sTaskHandler
import nextflow.k8s.client.ClientConfig
import nextflow.k8s.client.K8sClient
import nextflow.processor.TaskConfig
import nextflow.processor.TaskProcessor
import nextflow.processor.TaskRun

// Fusion's command needs a bucket and the plugin for it. What Fusion asks of the pod is decided by the executor itself.
class Launcher extends FusionScriptLauncher {
    Map<String, String> fusionEnv() { [FUSION_WORK: '/fusion/s3/bucket/work'] }
}

class Handler extends K8sTaskHandler {
    private final Session session
    Handler(TaskRun task, K8sExecutor executor) {
        super(task, executor)
        session = executor.session
    }
    boolean fusionEnabled() { session.config.navigate('fusion.enabled') ?: false }
    FusionConfig fusionConfig() { FusionConfig.getConfig(session) }
    FusionScriptLauncher fusionLauncher() { new Launcher() }
    List<String> fusionSubmitCli() { ['/usr/bin/fusion', 'bash', '/fusion/s3/bucket/work/.command.run'] }
}

def image = 'quay.io/nextflow/bash'
def jobs = args.collect { file ->
    def config = new ConfigParser().parse(new File(file).text)
    def session = new Session(config)
    session.runName = 'lab'
    def executor = new K8sExecutor(session: session, name: 'k8s')
    def k8s = config.k8s
    executor.@client = new K8sClient(new ClientConfig(namespace: k8s.namespace, serviceAccount: k8s.serviceAccount))
    def processor = [getName: { 'hello' }, getExecutor: { executor }, getSession: { session }] as TaskProcessor
    def task = new TaskRun(
        name: 'hello', processor: processor, workDir: Path.of('/scratch/work'), hash: HashCode.fromInt(1),
        config: new TaskConfig((config.process ?: [:]) + [container: image]))
    new Handler(task, executor).newSubmitRequest0(task, image)
}
println JsonOutput.toJson(jobs)
System.exit(0)
