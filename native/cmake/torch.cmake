# Defines torch_parts, which brings libtorch's headers and libraries, and torch_library_folder.
# Which libtorch: a libtorch archive, the torch folder of a Python installation, or empty for the system's package.
set(TORCH_DIR "" CACHE PATH "libtorch to build against")

# The package's own CMake files ask for tools that only its builder had (CUDA toolkit, protobuf), so its parts are named here.
if(TORCH_DIR)
  set(torch_headers ${TORCH_DIR}/include)
  set(torch_folders ${TORCH_DIR}/lib)
  set(torch_search PATHS ${torch_folders} NO_DEFAULT_PATH)
else()
  set(torch_headers /usr/include)
  set(torch_search PATHS /usr/lib /usr/lib/x86_64-linux-gnu /usr/lib/aarch64-linux-gnu)
endif()
find_path(TORCH_HEADERS ATen/Version.h PATHS ${torch_headers} NO_DEFAULT_PATH REQUIRED)
find_library(TORCH_CPU torch_cpu ${torch_search} REQUIRED)
find_library(TORCH_C10 c10 ${torch_search} REQUIRED)
find_library(TORCH_CUDA torch_cuda ${torch_search})
find_library(TORCH_C10_CUDA c10_cuda ${torch_search})
get_filename_component(torch_library_folder ${TORCH_CPU} DIRECTORY)

add_library(torch_parts INTERFACE)
target_include_directories(torch_parts SYSTEM INTERFACE ${TORCH_HEADERS} ${TORCH_HEADERS}/torch/csrc/api/include)
target_link_libraries(torch_parts INTERFACE ${TORCH_CPU} ${TORCH_C10})
# What libtorch itself needs (CUDA's libraries, say) is found when it is loaded, not by us.
target_link_options(torch_parts INTERFACE -Wl,--allow-shlib-undefined)
if(TORCH_CUDA)
  # Nothing here names a symbol of the CUDA half: it registers its kernels when it is loaded, so it must be kept.
  target_link_libraries(torch_parts INTERFACE -Wl,--no-as-needed ${TORCH_CUDA} ${TORCH_C10_CUDA} -Wl,--as-needed)
endif()
set(torch_config ${torch_library_folder}/../share/cmake/Torch/TorchConfig.cmake)
if(EXISTS ${torch_config})
  file(STRINGS ${torch_config} torch_abi REGEX "_GLIBCXX_USE_CXX11_ABI=[01]")
  if(torch_abi MATCHES "_GLIBCXX_USE_CXX11_ABI=([01])")
    target_compile_definitions(torch_parts INTERFACE _GLIBCXX_USE_CXX11_ABI=${CMAKE_MATCH_1})
  endif()
endif()
