import { isPooled, jvmMemory } from "../../../modules/wave/config/jvm-memory";

test.each([
  ["-Xmx3g -XX:MaxDirectMemorySize=100m", 3072, 100],
  ["-Xmx1g -Xmx2048M -XX:MaxDirectMemorySize=1G", 2048, 1024],
  ["-XX:MaxHeapSize=1073741824 -XX:MaxDirectMemorySize=524288k", 1024, 512],
  ["-Xmx850m", 850, 850],
  ["-XX:MaxRAMPercentage=50.0 -XX:MaxDirectMemorySize=800m", 2000, 800],
  ["-XX:+UseG1GC", 1000, 1000],
])("the JVM reads %s of 4000Mi so", (options, heap, direct) => {
  expect(jvmMemory(options, 4000)).toEqual({ heap, direct });
});

test.each([
  ["-Xms1g -Dio.netty.allocator.type=pooled", true],
  ["-Dio.netty.allocator.type=unpooled", false],
  [
    "-Dio.netty.allocator.type=pooled -Dio.netty.allocator.type=adaptive",
    false,
  ],
  ["-Dx=-Dio.netty.allocator.type=pooled", false],
])("pooled allocator in %s: %s", (options, pooled) => {
  expect(isPooled(options)).toBe(pooled);
});
