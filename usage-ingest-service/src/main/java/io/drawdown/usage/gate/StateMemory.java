package io.drawdown.usage.gate;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of all RocksDB stores of this process together: blocks, indexes, filters and write buffers share one
 * cache. Without it every segment of every partition would take its own.
 *
 * <p>Kafka Streams makes one instance for each store by its class; therefore what is shared is static.
 */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls setConfig before anything else.
public final class StateMemory implements RocksDBConfigSetter {

    static final String BYTES_CONFIG = "drawdown.usage.state-memory.bytes";

    private static final long DEFAULT_BYTES = 128L * 1024 * 1024;
    private static final int BLOOM_BITS_PER_KEY = 10;
    private static final int WRITE_BUFFERS = 3;
    private static final long WRITE_BUFFER_BYTES = 16L * 1024 * 1024;

    /** The filter's share of a write buffer. */
    private static final double WRITE_BUFFER_FILTER = 0.1;

    private static final AtomicReference<Shared> SHARED = new AtomicReference<>();

    /** Each use makes its own, so that it can be closed with its store. */
    private BloomFilter bloomFilter;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        var shared = shared(bytes(configs));
        bloomFilter = new BloomFilter(BLOOM_BITS_PER_KEY);
        options.setWriteBufferManager(shared.writeBuffers());
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(WRITE_BUFFERS);
        // Nearly every search is in vain: a filter before the write buffer spares most of them its list.
        options.setMemtablePrefixBloomSizeRatio(WRITE_BUFFER_FILTER).setMemtableWholeKeyFiltering(true);
        // Kafka Streams leaves the filter out where most of the claims lie, for those who mostly find what they search.
        options.setOptimizeFiltersForHits(false);
        options.setTableFormatConfig(tables((BlockBasedTableConfig) options.tableFormatConfig(), shared.cache()));
    }

    private BlockBasedTableConfig tables(BlockBasedTableConfig tables, Cache cache) {
        return tables.setBlockCache(cache)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinTopLevelIndexAndFilter(true)
                // The newest claims lie in many small tables, each of which every search asks.
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setFilterPolicy(bloomFilter)
                .setWholeKeyFiltering(true);
    }

    private static Shared shared(long bytes) {
        synchronized (SHARED) {
            if (SHARED.get() == null) {
                SHARED.set(Shared.of(bytes));
            }
            return SHARED.get();
        }
    }

    private static long bytes(Map<String, Object> configs) {
        var configured = configs.get(BYTES_CONFIG);
        return configured == null ? DEFAULT_BYTES : Long.parseLong(configured.toString());
    }

    /** Streams closes options itself; the shared cache lives as long as the process. */
    @Override
    public void close(String storeName, Options options) {
        bloomFilter.close();
    }

    private record Shared(Cache cache, WriteBufferManager writeBuffers) {

        private static Shared of(long bytes) {
            RocksDB.loadLibrary();
            var cache = new LRUCache(bytes, -1, false, 0.5);
            return new Shared(cache, new WriteBufferManager(bytes / 2, cache));
        }
    }
}
