import {
  type Block,
  apiFields,
} from "../../../../tools/operate/manifests/manifest-fields";

/** Each oddity of the provider, and what the API calls it. */
const oddities: [string, Block, Record<string, unknown>][] = [
  [
    "names become camelCase",
    { service_account_name: "wave", env: [{ value_from: { field_ref: {} } }] },
    { serviceAccountName: "wave", env: [{ valueFrom: { fieldRef: {} } }] },
  ],
  [
    "capitals at the end of a name",
    { host_ip: "a", cluster_ips: ["b"], host_pid: true, volume_id: "c" },
    { hostIP: "a", clusterIPs: ["b"], hostPID: true, volumeID: "c" },
  ],
  [
    "capitals nowhere else",
    { ip_families: ["IPv4"], api_groups: [""], ip_block: {} },
    { ipFamilies: ["IPv4"], apiGroups: [""], ipBlock: {} },
  ],
  [
    "names of their own",
    { storage_provisioner: "a", timezone: "b", run_as_username: "c" },
    { provisioner: "a", timeZone: "b", runAsUserName: "c" },
  ],
  [
    "keys of the user stay",
    {
      labels: { some_key: "a" },
      data: { "a_b.yml": "c" },
      match_labels: { x_y: "z" },
      limits: { "example.com/some_device": "1" },
    },
    {
      labels: { some_key: "a" },
      data: { "a_b.yml": "c" },
      matchLabels: { x_y: "z" },
      limits: { "example.com/some_device": "1" },
    },
  ],
  [
    "parameters of a class of Ingresses are one reference, those of a class of volumes a map",
    {
      spec: { parameters: [{ api_group: "a", kind: "B" }] },
      parameters: { some_key: "a" },
    },
    {
      spec: { parameters: { apiGroup: "a", kind: "B" } },
      parameters: { some_key: "a" },
    },
  ],
  [
    "the selector of a Service is a map of labels, that of others is not",
    {
      spec: { selector: { some_app: "a" } },
      template: { selector: { match_labels: { some_app: "a" } } },
    },
    {
      spec: { selector: { some_app: "a" } },
      template: { selector: { matchLabels: { some_app: "a" } } },
    },
  ],
  [
    "repeated blocks are plural",
    {
      container: [{ port: [{ container_port: 1 }], volume_mount: [] }],
      init_container: [],
      topology_spread_constraint: [],
      rule: [{ http: { path: [{ path: "/" }] } }],
      metric: [],
      subject: [],
      limit: [],
    },
    {
      containers: [{ ports: [{ containerPort: 1 }], volumeMounts: [] }],
      initContainers: [],
      topologySpreadConstraints: [],
      rules: [{ http: { paths: [{ path: "/" }] } }],
      metrics: [],
      subjects: [],
      limits: [],
    },
  ],
  [
    "other lists keep their name",
    { env: [], egress: [], from: [], ports: [], image_pull_secrets: [] },
    { env: [], egress: [], from: [], ports: [], imagePullSecrets: [] },
  ],
  [
    "a word that ends in y",
    { scale_up: [{ policy: [{ value: 1 }] }] },
    { scaleUp: { policies: [{ value: 1 }] } },
  ],
  [
    "single blocks in a list are unwrapped",
    {
      lifecycle: { pre_stop: [{ exec: {} }], post_start: [] },
      label_selector: [{ match_labels: { a: "b" } }],
      persistent_volume_claim_retention_policy: [{ when_deleted: "Retain" }],
      spec: [{ capacity: { storage: "1Gi" } }],
    },
    {
      lifecycle: { preStop: { exec: {} }, postStart: undefined },
      labelSelector: { matchLabels: { a: "b" } },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain" },
      spec: { capacity: { storage: "1Gi" } },
    },
  ],
  [
    "a Secret or ConfigMap in a projected volume is one, those of an account are many",
    {
      projected: [
        { sources: [{ secret: [{ name: "a" }], config_map: [{ name: "b" }] }] },
      ],
      secret: [{ name: "c" }],
    },
    {
      projected: {
        sources: [{ secret: { name: "a" }, configMap: { name: "b" } }],
      },
      secrets: [{ name: "c" }],
    },
  ],
  [
    "the source of a volume stands one level higher",
    { persistent_volume_source: { csi: { volume_handle: "a" } } },
    { csi: { volumeHandle: "a" } },
  ],
  [
    "numbers in text become numbers",
    {
      replicas: "1",
      run_as_user: "101",
      fs_group: "101",
      toleration_seconds: "300",
      ttl_seconds_after_finished: "60",
    },
    {
      replicas: 1,
      runAsUser: 101,
      fsGroup: 101,
      tolerationSeconds: 300,
      ttlSecondsAfterFinished: 60,
    },
  ],
  [
    "a number or a share, a number or a name",
    {
      max_unavailable: "0",
      max_surge: "25%",
      port: "9090",
      target_port: "http",
    },
    { maxUnavailable: 0, maxSurge: "25%", port: 9090, targetPort: "http" },
  ],
  [
    "text that looks like a number stays text elsewhere",
    { value: "1", number: 1, version: "2" },
    { value: "1", number: 1, version: "2" },
  ],
  [
    "file modes are octal",
    { default_mode: "0644", items: [{ mode: "0400" }] },
    { defaultMode: 420, items: [{ mode: 256 }] },
  ],
  [
    "absent values stay away",
    { a: null, b: {}, c: false },
    { b: {}, c: false },
  ],
  [
    "references become placeholders",
    { handle: "${data.terraform_remote_state.data.outputs.file_system_id}::x" },
    { handle: "<data: file_system_id>::x" },
  ],
  [
    "the placeholder of a port is a name that the API allows",
    { port: "${data.terraform_remote_state.network.outputs.some_long_port}" },
    { port: "network-some-lo" },
  ],
];

test.each(oddities)("%s", (_what, block, fields) => {
  expect(apiFields(block)).toEqual(fields);
});
