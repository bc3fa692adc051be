// Three tasks: two that name no resources, and one with resources and a pod setting of its own.
process hello {
  container 'quay.io/nextflow/bash'
  input: val x
  output: stdout
  script: "echo hello $x"
}

process sized {
  container 'quay.io/nextflow/bash'
  cpus 2
  memory '3 GB'
  pod label: 'pipeline', value: 'own'
  input: val x
  output: stdout
  script: "echo sized $x"
}

workflow {
  hello(channel.of('a', 'b')) | view
  sized('c') | view
}
